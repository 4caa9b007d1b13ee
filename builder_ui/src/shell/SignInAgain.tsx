import { useState, type FormEvent } from "react";
import { request, sentenceOf, session, useMe } from "@/api";
import { useT } from "@/i18n";
import { Button, Dialog, Labelled } from "@/ui";

/** The session ended while someone works: the password again, then the waiting requests go on. */
export default function SignInAgain() {
  const t = useT();
  const me = useMe();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await request("POST", "/session", { body: { user: me.user.login, password }, anonymous: true });
      session.resume();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open title={t("shell.again.title")} width={400}>
      <form className="col" onSubmit={(event) => void submit(event)}>
        <p>{t("shell.again.text", { name: me.user.name })}</p>
        <input type="hidden" name="username" autoComplete="username" value={me.user.login} readOnly />
        <Labelled label={t("shell.again.password")} error={problem}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input"
              type="password"
              autoComplete="current-password"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Labelled>
        <p className="hint">
          <a href="/login" target="_blank" rel="noreferrer">
            {t("shell.again.elsewhere")}
          </a>
        </p>
        <div className="dialog-foot">
          <Button onClick={() => session.resume()}>{t("shell.again.signedIn")}</Button>
          <Button look="pri" submit busy={busy} disabled={password === ""}>
            {t("shell.again.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
