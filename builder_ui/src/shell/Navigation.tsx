import { NavLink } from "react-router";
import { useMe } from "@/api";
import { label, useT } from "@/i18n";
import { Bell, useUnread } from "@/notifications";
import { Icon, IconButton } from "@/ui";
import { useSections, type Entry } from "./navigation";
import { UserMenu } from "./UserMenu";

function Count({ value }: { value: number | undefined }) {
  return value ? <span className="n">{value}</span> : null;
}

function Line({ entry }: { entry: Entry }) {
  return (
    <NavLink to={entry.to} end={entry.end ?? false} className={({ isActive }) => (isActive ? "on" : "")}>
      <Icon name={entry.icon} />
      <span>{entry.label}</span>
      <Count value={entry.count} />
    </NavLink>
  );
}

function Block({ entry }: { entry: Entry }) {
  return (
    <NavLink
      to={entry.to}
      end={entry.end ?? false}
      title={entry.label}
      className={({ isActive }) => (isActive ? "on" : "")}
    >
      <Icon name={entry.icon} size="l" />
      <span className="name">{entry.label}</span>
      {entry.count ? <span className="n seal">{entry.count}</span> : null}
    </NavLink>
  );
}

/** The 208 px navigation on paper. */
export function Navigation({ onFold, onJump }: { onFold: () => void; onJump: () => void }) {
  const t = useT();
  const me = useMe();
  const { top, sections } = useSections(t);
  return (
    <nav className="nav" aria-label={t("shell.navigation")}>
      <div className="brand">
        <img src="/app/logo.svg" alt="" width="24" height="24" />
        <b className="ell">{label(me.workspace.name)}</b>
        <Bell />
        <IconButton icon="menu" size="sm" label={`${t("shell.fold")} [`} onClick={onFold} />
      </div>
      <button type="button" className="jump" onClick={onJump}>
        <Icon name="search" />
        <span className="grow ell">{t("shell.jump")}</span>
        <span className="kbd">Ctrl K</span>
      </button>
      <div className="grp">
        {top.map((entry) => (
          <Line key={entry.to} entry={entry} />
        ))}
      </div>
      <div className="scroll">
        {sections.map((section) => (
          <section key={section.key}>
            <h2>{section.label}</h2>
            <div className="grp">
              {section.entries.map((entry) => (
                <Line key={entry.to} entry={entry} />
              ))}
            </div>
          </section>
        ))}
      </div>
      <UserMenu />
    </nav>
  );
}

/** The folded navigation: icon over the name, which may take two lines. */
export function Rail({ onUnfold, onJump }: { onUnfold: () => void; onJump: () => void }) {
  const t = useT();
  const { top, sections } = useSections(t);
  return (
    <nav className="rail" aria-label={t("shell.navigation")}>
      <button
        type="button"
        className="mark"
        title={`${t("shell.unfold")} [`}
        aria-label={t("shell.unfold")}
        onClick={onUnfold}
      >
        <img src="/app/logo.svg" alt="" width="32" height="32" />
      </button>
      <div className="scroll">
        {[...top, ...sections.flatMap((section) => section.entries)].map((entry) => (
          <Block key={entry.to} entry={entry} />
        ))}
      </div>
      <Bell />
      <IconButton icon="search" label={`${t("shell.jump")} Ctrl K`} onClick={onJump} />
      <UserMenu folded />
    </nav>
  );
}

/** Phones: five tabs under the thumb, on top-level screens only. */
export function BottomBar() {
  const t = useT();
  const { top } = useSections(t);
  const unread = useUnread();
  const tabs: Entry[] = [
    ...top,
    { to: "/notifications", label: t("notifications.bell"), icon: "bell", count: unread },
    { to: "/apps", label: t("shell.apps"), icon: "grid" },
    { to: "/me", label: t("shell.mine"), icon: "user" },
  ];
  return (
    <nav className="mnav" aria-label={t("shell.navigation")}>
      {tabs.map((entry) => (
        <NavLink
          key={entry.to}
          to={entry.to}
          end={entry.end ?? false}
          className={({ isActive }) => (isActive ? "on" : "")}
        >
          <span className="ic">
            <Icon name={entry.icon} size="l" />
            {entry.count ? <span className="n seal">{entry.count}</span> : null}
          </span>
          {entry.label}
        </NavLink>
      ))}
    </nav>
  );
}
