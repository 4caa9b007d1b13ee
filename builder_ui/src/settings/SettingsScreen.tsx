import { Link, useNavigate, useParams } from "react-router";
import { useMe } from "@/api";
import { label, useT } from "@/i18n";
import { Empty, Page, Skeleton, Tabs } from "@/ui";
import { Departments } from "./Departments";
import { People } from "./People";
import { useRoles } from "./usePeople";
import "./settings.css";

const SECTIONS = ["people", "departments", "roles"] as const;
type Section = (typeof SECTIONS)[number];

/** Roles are definitions: here they are found, in the builder they are changed and published. */
function Roles() {
  const t = useT();
  const roles = useRoles();
  if (roles.isError) return <Empty title={t("settings.role.builder")} />;
  if (!roles.data) return <Skeleton rows={3} />;
  return (
    <ul className="tree">
      {roles.data.items.map((role) => (
        <li key={role.key} className="row">
          <Link to={`/builder/roles/${role.key}`}>
            <b>{label(role.label, role.key)}</b>
          </Link>
          <code className="ink2">{role.key}</code>
          <span className="push ink2">{role.version ? `v${role.version}` : ""}</span>
        </li>
      ))}
    </ul>
  );
}

/** People, departments and roles of the workspace. */
export function Component() {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const { section } = useParams();
  const current: Section = SECTIONS.find((name) => name === section) ?? "people";
  if (!me.rights.users) {
    return (
      <Page title={t("settings.title")}>
        <Empty title={t("settings.noRight")} />
      </Page>
    );
  }
  return (
    <Page title={t("settings.title")} icon="role">
      <Tabs
        className="views"
        label={t("settings.sections")}
        value={current}
        onChange={(next) => void navigate(`/settings/${next}`)}
        items={SECTIONS.map((name) => ({ key: name, label: t(`settings.tab.${name}`) }))}
      />
      <div className="sheet-scroll settings" role="tabpanel">
        {current === "people" && <People />}
        {current === "departments" && <Departments />}
        {current === "roles" && <Roles />}
      </div>
    </Page>
  );
}
