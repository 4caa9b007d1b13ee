import { useMe } from "@/api";
import { label, useT } from "@/i18n";
import { Avatar, Icon, Menu } from "@/ui";
import { usePreferences } from "./preferences";

/** The person at the foot of the navigation, with language, theme and sign-out. */
export function UserMenu({ folded = false }: { folded?: boolean }) {
  const t = useT();
  const me = useMe();
  const { languages, themes, leave } = usePreferences();
  return (
    <div className="me">
      <Menu
        label={t("shell.account")}
        placement="topLeft"
        items={[...languages, null, ...themes, null, leave]}
        trigger={
          <button
            type="button"
            title={t("shell.account")}
            {...(folded ? { "aria-label": `${t("shell.account")} ${me.user.name}` } : {})}
          >
            <Avatar name={me.user.name} size={folded ? "l" : "m"} />
            {!folded && (
              <>
                <span>
                  <b className="ell">{me.user.name}</b>
                  <small className="ell">
                    {me.roles.map((role) => label(role.label, role.key)).join(" · ")}
                  </small>
                </span>
                <Icon name="gear" />
              </>
            )}
          </button>
        }
      />
    </div>
  );
}
