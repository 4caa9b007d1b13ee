import { useDeferredValue, useState } from "react";
import { sentenceOf } from "@/api";
import { label, useT } from "@/i18n";
import { Avatar, Button, Empty, Skeleton } from "@/ui";
import { PersonDialog } from "./PersonDialog";
import { usePeople, useRoles, type PersonRow } from "./usePeople";

/** Everybody, with login, department, roles and state; a row opens the person. */
export function People() {
  const t = useT();
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<PersonRow | "new" | null>(null);
  const { data, error } = usePeople(useDeferredValue(search));
  const roles = useRoles();
  const roleName = (key: string) => label(roles.data?.items.find((role) => role.key === key)?.label, key);
  if (error) return <p className="notice bad">{sentenceOf(error)}</p>;
  return (
    <>
      <div className="row settings-tools">
        <input
          className="input searchbox"
          type="search"
          aria-label={t("settings.search")}
          placeholder={t("settings.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button icon="plus" className="push" onClick={() => setOpen("new")}>
          {t("settings.person.new")}
        </Button>
      </div>
      {!data && <Skeleton />}
      {data?.items.length === 0 && <Empty title={t("settings.none")} />}
      {data && data.items.length > 0 && (
        <div className="table-scroll">
          <table className="table pad">
            <thead>
              <tr>
                <th scope="col">{t("settings.name")}</th>
                <th scope="col" className="wide-only">
                  {t("settings.login")}
                </th>
                <th scope="col">{t("settings.department")}</th>
                <th scope="col">{t("settings.roles")}</th>
                <th scope="col" className="wide-only">
                  {t("settings.state")}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((person) => (
                <tr key={person.id}>
                  <td>
                    <button type="button" className="person-name" onClick={() => setOpen(person)}>
                      <Avatar name={person.name} />
                      {person.name}
                    </button>
                  </td>
                  <td className="ink2 wide-only">{person.login}</td>
                  <td>{person.department}</td>
                  <td>{person.roles.map(roleName).join(" · ")}</td>
                  <td className="wide-only">
                    <span className={person.state === "active" ? "badge ok" : "badge"}>
                      {t(`settings.state.${person.state}`)}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && <PersonDialog person={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}
