import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { DecisionState, Listed } from "./model/state";

/** A decision without a table: what it says, to read. */
export function OtherLogic({ listed }: { listed: Listed }) {
  const t = useT();
  return (
    <section className="other-logic">
      <p className="notice">
        <Icon name="info" />{" "}
        {t("decisions.other.about", { kind: t(`decisions.logic.${listed.logic || "none"}`) })}
      </p>
      <h2>{listed.label}</h2>
      <pre>{listed.text}</pre>
    </section>
  );
}

/** A file that cannot be read, and why. */
export function Unread({ state }: { state: DecisionState }) {
  const t = useT();
  return (
    <section className="other-logic">
      <p className="notice bad">
        <Icon name="error" /> {t(state.trouble === "server" ? "decisions.unanswered" : "decisions.unread")}
      </p>
      <ul>
        {state.problems.map((problem, at) => (
          <li key={at}>{`${problem.message} ${problem.hint ?? ""}`}</li>
        ))}
      </ul>
      <pre>{state.kept.slice(0, 20_000)}</pre>
    </section>
  );
}
