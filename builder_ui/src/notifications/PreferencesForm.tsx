import { useT } from "@/i18n";
import { Skeleton } from "@/ui";
import { KINDS, type Choice, type Kind, type Preferences } from "./model/types";
import { useChoose, usePreferences } from "./useNotifications";

const NIGHT = { starts: "22:00", ends: "07:00" };

/** Every choice is kept at once. */
export function PreferencesForm() {
  const t = useT();
  const { data } = usePreferences();
  const choose = useChoose();
  if (!data) return <Skeleton rows={4} height={44} />;
  const put = (change: Partial<Preferences>) => choose.mutate({ ...data, ...change });
  const choice = (kind: Kind, change: Partial<Choice>) =>
    put({ kinds: { ...data.kinds, [kind]: { ...data.kinds[kind], ...change } } });
  return (
    <div className="told-choices">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("notifications.kind")}</th>
            <th scope="col">{t("notifications.show")}</th>
            <th scope="col">{t("notifications.mail")}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`notifications.kind.${kind}`)}</th>
              <td>
                <input
                  type="checkbox"
                  aria-label={`${t(`notifications.kind.${kind}`)}: ${t("notifications.show")}`}
                  checked={!data.kinds[kind].muted}
                  disabled={kind === "escalation"}
                  onChange={(event) => choice(kind, { muted: !event.target.checked })}
                />
              </td>
              <td>
                <input
                  type="checkbox"
                  aria-label={`${t(`notifications.kind.${kind}`)}: ${t("notifications.mail")}`}
                  checked={data.kinds[kind].mail ?? false}
                  disabled={data.kinds[kind].muted}
                  onChange={(event) => choice(kind, { mail: event.target.checked })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{t("notifications.mail.hint")}</p>
      <label className="told-quiet">
        <input
          type="checkbox"
          checked={data.quiet !== null}
          onChange={(event) => put({ quiet: event.target.checked ? NIGHT : null })}
        />
        {t("notifications.quiet")}
      </label>
      {data.quiet && (
        <QuietHours key={`${data.quiet.starts}-${data.quiet.ends}`} quiet={data.quiet} put={put} />
      )}
      <p className="hint">{t("notifications.quiet.hint")}</p>
    </div>
  );
}

function QuietHours({
  quiet,
  put,
}: {
  quiet: NonNullable<Preferences["quiet"]>;
  put: (change: Partial<Preferences>) => void;
}) {
  const t = useT();
  return (
    <div className="told-quiet">
      {(["starts", "ends"] as const).map((name) => (
        <label key={name}>
          {t(`notifications.quiet.${name}`)}
          <input
            className="input"
            type="time"
            required
            defaultValue={quiet[name]}
            onBlur={({ target }) =>
              target.value &&
              target.value !== quiet[name] &&
              put({ quiet: { ...quiet, [name]: target.value } })
            }
          />
        </label>
      ))}
    </div>
  );
}
