import { Link } from "react-router";
import { useMe } from "@/api";
import { label, useT } from "@/i18n";
import { Avatar, Icon, Page, type MenuItem } from "@/ui";
import { useSections } from "./navigation";
import { usePreferences } from "./preferences";

/** The phone's tab of apps: everything the side navigation holds on a desk. */
export function AppsPage() {
  const t = useT();
  const { sections } = useSections(t);
  return (
    <Page title={t("shell.apps")}>
      <div className="mlist">
        {sections.map((section) => (
          <section key={section.key}>
            <h2>{section.label}</h2>
            {section.entries.map((entry) => (
              <Link key={entry.to} to={entry.to}>
                <Icon name={entry.icon} size="l" />
                <span>{entry.label}</span>
                <Icon name="right" />
              </Link>
            ))}
          </section>
        ))}
      </div>
    </Page>
  );
}

function Choices({ title, items }: { title: string; items: MenuItem[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {items.map((item) => (
        <button key={item.key} type="button" aria-pressed={item.on ?? false} onClick={item.run}>
          {item.icon && <Icon name={item.icon} size="l" />}
          <span>{item.label}</span>
          {item.on && <Icon name="check" />}
        </button>
      ))}
    </section>
  );
}

/** The phone's tab of myself. */
export function MePage() {
  const t = useT();
  const me = useMe();
  const { languages, themes, leave } = usePreferences();
  return (
    <Page title={t("shell.mine")}>
      <div className="mlist">
        <div className="whoami">
          <Avatar name={me.user.name} size="l" />
          <span>
            <b>{me.user.name}</b>
            <small>{me.roles.map((role) => label(role.label, role.key)).join(" · ")}</small>
          </span>
        </div>
        <Choices title={t("shell.language")} items={languages} />
        <Choices title={t("shell.theme")} items={themes} />
        <section>
          <button type="button" onClick={leave.run}>
            <Icon name="external" size="l" />
            <span>{leave.label}</span>
          </button>
        </section>
      </div>
    </Page>
  );
}
