import { useState } from "react";
import { sentenceOf } from "@/api";
import { useT } from "@/i18n";
import { Button, Dialog, Empty, Icon, Labelled, Skeleton } from "@/ui";
import { treeOrder, useDepartments, usePeople, useSaveDepartment, type Department } from "./usePeople";

function DepartmentDialog({ department, onClose }: { department: Department | null; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(department?.title ?? "");
  const [parent, setParent] = useState(department?.parent ?? null);
  const [heads, setHeads] = useState(department?.heads ?? []);
  const all = useDepartments();
  const people = usePeople("");
  const save = useSaveDepartment(department?.id ?? null);
  return (
    <Dialog
      open
      title={department ? department.title : t("settings.department.new")}
      onClose={onClose}
      confirm={{
        label: department ? t("settings.save") : t("settings.create"),
        busy: save.isPending,
        disabled: name.trim() === "",
        run: () => save.mutate({ name: name.trim(), parent, heads }, { onSuccess: onClose }),
      }}
    >
      <div className="col">
        <Labelled label={t("settings.department.name")}>
          {(id) => (
            <input id={id} className="input" value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Labelled>
        <Labelled label={t("settings.department.parent")}>
          {(id) => (
            <select
              id={id}
              className="select"
              value={parent ?? ""}
              onChange={(event) => setParent(event.target.value === "" ? null : Number(event.target.value))}
            >
              <option value="">{t("settings.department.none")}</option>
              {treeOrder(all.data?.items ?? [])
                .filter((item) => item.department.id !== department?.id)
                .map((item) => (
                  <option key={item.department.id} value={item.department.id}>
                    {"\u2003".repeat(item.depth) + item.department.title}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
        <fieldset className="checks">
          <legend>{t("settings.department.heads")}</legend>
          {(people.data?.items ?? []).map((person) => (
            <label key={person.id}>
              <input
                type="checkbox"
                checked={heads.includes(person.id)}
                onChange={(event) =>
                  setHeads(
                    event.target.checked ? [...heads, person.id] : heads.filter((id) => id !== person.id),
                  )
                }
              />
              {person.name}
            </label>
          ))}
        </fieldset>
        {save.isError && <p className="err">{sentenceOf(save.error)}</p>}
      </div>
    </Dialog>
  );
}

/** The tree of departments with their heads. */
export function Departments() {
  const t = useT();
  const { data, error } = useDepartments();
  const people = usePeople("");
  const [open, setOpen] = useState<Department | "new" | null>(null);
  if (error) return <p className="notice bad">{sentenceOf(error)}</p>;
  const nameOf = (id: number) => people.data?.items.find((person) => person.id === id)?.name ?? "";
  return (
    <>
      <div className="row settings-tools">
        <Button icon="plus" className="push" onClick={() => setOpen("new")}>
          {t("settings.department.new")}
        </Button>
      </div>
      {!data && <Skeleton />}
      {data?.items.length === 0 && <Empty title={t("settings.department.nothing")} />}
      <ul className="tree">
        {treeOrder(data?.items ?? []).map(({ department, depth }) => (
          <li key={department.id} style={{ paddingLeft: depth * 24 }}>
            <button type="button" onClick={() => setOpen(department)}>
              <Icon name="dept" />
              <b>{department.title}</b>
              <span className="ink2">{department.heads.map(nameOf).filter(Boolean).join(" · ")}</span>
            </button>
          </li>
        ))}
      </ul>
      {open && <DepartmentDialog department={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}
