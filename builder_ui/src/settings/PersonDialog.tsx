import { useState } from "react";
import { sentenceOf } from "@/api";
import { label, useT } from "@/i18n";
import { Button, Dialog, Labelled } from "@/ui";
import {
  treeOrder,
  useDepartments,
  usePasswordLink,
  usePeople,
  useRoles,
  useSavePerson,
  type PersonInput,
  type PersonRow,
} from "./usePeople";

const STATES: readonly PersonRow["state"][] = ["active", "absent", "deactivated"];

function initial(person: PersonRow | null): PersonInput {
  return {
    login: person?.login ?? "",
    name: person?.name ?? "",
    main_department: person?.main_department ?? null,
    manager_id: person?.manager_id ?? null,
    roles: person?.roles ?? [],
    ...(person ? { state: person.state } : {}),
  };
}

interface PickProps {
  label: string;
  value: number | null;
  items: readonly { id: number; title: string; depth?: number }[];
  onChange: (id: number | null) => void;
}

function Pick({ label: text, value, items, onChange }: PickProps) {
  const t = useT();
  return (
    <Labelled label={text}>
      {(id) => (
        <select
          id={id}
          className="select"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
        >
          <option value="">{t("settings.department.none")}</option>
          {items.map((item) => (
            <option key={item.id} value={item.id}>
              {"\u2003".repeat(item.depth ?? 0) + item.title}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function PasswordLink({ person }: { person: PersonRow }) {
  const t = useT();
  const link = usePasswordLink();
  return (
    <div className="col">
      <Button icon="key" busy={link.isPending} onClick={() => link.mutate(person.id)}>
        {t("settings.link.make")}
      </Button>
      {link.data && (
        <Labelled label={t("settings.link")} hint={t("settings.link.hint")}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input mono"
              readOnly
              value={link.data.url}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Labelled>
      )}
      {link.isError && <p className="err">{sentenceOf(link.error)}</p>}
    </div>
  );
}

/** Adds a person or changes one; a new person's password is set here or by a one-time link afterwards. */
export function PersonDialog({ person, onClose }: { person: PersonRow | null; onClose: () => void }) {
  const t = useT();
  const [input, setInput] = useState(() => initial(person));
  const departments = useDepartments();
  const people = usePeople("");
  const roles = useRoles();
  const save = useSavePerson(person?.id ?? null);
  const set = (change: Partial<PersonInput>) => setInput({ ...input, ...change });
  const named = roles.data?.items ?? [];
  const roleKeys = [...new Set([...named.map((role) => role.key), ...input.roles])];
  return (
    <Dialog
      open
      title={person ? person.name : t("settings.person.new")}
      onClose={onClose}
      confirm={{
        label: person ? t("settings.save") : t("settings.create"),
        busy: save.isPending,
        disabled: input.name.trim() === "" || input.login.trim() === "",
        run: () => save.mutate(input, { onSuccess: onClose }),
      }}
    >
      <div className="col person-form">
        <Labelled label={t("settings.name")}>
          {(id) => (
            <input
              id={id}
              className="input"
              value={input.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label={t("settings.login")}>
          {(id) => (
            <input
              id={id}
              className="input"
              autoComplete="off"
              value={input.login}
              onChange={(event) => set({ login: event.target.value })}
            />
          )}
        </Labelled>
        {!person && (
          <Labelled label={t("settings.password")} hint={t("settings.password.hint")}>
            {(id, describedBy) => (
              <input
                id={id}
                aria-describedby={describedBy}
                className="input"
                type="password"
                autoComplete="new-password"
                value={input.password ?? ""}
                onChange={(event) => {
                  const { password: _, ...rest } = input;
                  setInput(event.target.value ? { ...rest, password: event.target.value } : rest);
                }}
              />
            )}
          </Labelled>
        )}
        <Pick
          label={t("settings.department")}
          value={input.main_department}
          items={treeOrder(departments.data?.items ?? []).map(({ department, depth }) => ({
            ...department,
            depth,
          }))}
          onChange={(id) => set({ main_department: id })}
        />
        <Pick
          label={t("settings.manager")}
          value={input.manager_id}
          items={(people.data?.items ?? [])
            .filter((other) => other.id !== person?.id)
            .map((other) => ({ id: other.id, title: other.name }))}
          onChange={(id) => set({ manager_id: id })}
        />
        <fieldset className="checks">
          <legend>{t("settings.roles")}</legend>
          {roleKeys.map((key) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={input.roles.includes(key)}
                onChange={(event) =>
                  set({
                    roles: event.target.checked
                      ? [...input.roles, key]
                      : input.roles.filter((role) => role !== key),
                  })
                }
              />
              {label(named.find((role) => role.key === key)?.label, key)}
            </label>
          ))}
        </fieldset>
        {person && (
          <>
            <Labelled label={t("settings.state")}>
              {(id) => (
                <select
                  id={id}
                  className="select"
                  value={input.state}
                  onChange={(event) => set({ state: event.target.value as PersonRow["state"] })}
                >
                  {STATES.map((state) => (
                    <option key={state} value={state}>
                      {t(`settings.state.${state}`)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
            <PasswordLink person={person} />
          </>
        )}
        {save.isError && <p className="err">{sentenceOf(save.error)}</p>}
      </div>
    </Dialog>
  );
}
