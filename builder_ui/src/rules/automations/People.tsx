import { label, useT } from "@/i18n";
import { AddChoice, Chip } from "./inputs";
import { printPerson, readPerson, type PersonForm } from "./model/people";
import { useAround } from "./world";

interface Props {
  /** FEEL, one for each. */
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

/** Who is meant, as chips: people of the record, their managers, groups, roles. At least one stays. */
export function People({ value, onChange }: Props) {
  const t = useT();
  const { world } = useAround();
  const fields = world.fields.filter(({ type }) => type === "member");
  const keys = fields.map(({ key }) => key);
  const nameOf = usePersonNames();
  const offer = (people: readonly PersonForm[]) =>
    people
      .map((person) => ({ key: printPerson(person), label: nameOf(person) }))
      .filter(({ key }) => !value.includes(key));
  return (
    <>
      {value.map((text, at) => (
        <Chip
          key={text}
          text={nameOf(readPerson(text, keys))}
          onRemove={value.length > 1 ? () => onChange(value.toSpliced(at, 1)) : undefined}
        />
      ))}
      <AddChoice
        label={t("automations.people.add")}
        groups={[
          {
            label: t("automations.people.record"),
            options: offer([
              ...keys.map((path): PersonForm => ({ kind: "field", path })),
              ...keys.map((path): PersonForm => ({ kind: "manager", path })),
              { kind: "user" },
            ]),
          },
          {
            label: t("automations.people.groups"),
            options: offer(world.groups.map(({ key }) => ({ kind: "group", key }))),
          },
          {
            label: t("automations.people.roles"),
            options: offer(world.roles.map(({ key }) => ({ kind: "role", key }))),
          },
        ]}
        onAdd={(text) => onChange([...value, text])}
      />
    </>
  );
}

function usePersonNames(): (person: PersonForm) => string {
  const t = useT();
  const { world } = useAround();
  const among = (list: readonly { key: string; label: string }[], key: string) =>
    list.find((one) => one.key === key)?.label ?? key;
  const field = (path: string) => label(world.fields.find(({ key }) => key === path)?.label, path);
  return (person) => {
    switch (person.kind) {
      case "field":
        return field(person.path);
      case "manager":
        return t("automations.people.manager", { name: field(person.path) });
      case "group":
        return t("automations.people.group", { name: among(world.groups, person.key) });
      case "role":
        return t("automations.people.role", { name: among(world.roles, person.key) });
      case "user":
        return t("automations.people.user");
      case "feel":
        return person.text;
    }
  };
}
