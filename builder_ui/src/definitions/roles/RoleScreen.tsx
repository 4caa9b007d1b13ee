import { useState } from "react";
import { label, useT } from "@/i18n";
import { Button, Icon, IconButton, Popup, Skeleton } from "@/ui";
import { DefinitionEditor, type BodyProps } from "../editor/DefinitionEditor";
import {
  ACTIONS,
  actionsOf,
  conditionOf,
  exceptions,
  FILTERS,
  grantOf,
  levelOf,
  RIGHTS,
  withAction,
  withGrant,
  withRight,
  type Action,
  type RoleDocument,
} from "../model/role";
import { useAllDefinitions } from "../useDefinitions";
import { GrantDialog } from "./GrantDialog";

const MAIN = ACTIONS.slice(0, 4);
const MORE = ACTIONS.slice(4);

/** Route component: what the holders of a role may do, form by form. */
export function Component() {
  return (
    <DefinitionEditor<RoleDocument> kind="role" icon="role">
      {(body) => <Role {...body} />}
    </DefinitionEditor>
  );
}

function Role({ document, change }: BodyProps<RoleDocument>) {
  const t = useT();
  const { data } = useAllDefinitions();
  const [open, setOpen] = useState<string | null>(null);
  const forms = data?.filter(({ kind }) => kind === "form");
  return (
    <>
      <section className="definition-section">
        <h2>{t("roles.grants")}</h2>
        <p className="hint">{t("roles.grants.hint")}</p>
        {!forms && <Skeleton rows={4} />}
        {forms && (
          <div className="grants-scroll">
            <table className="grants">
              <Head />
              <tbody>
                {forms.map((form) => (
                  <Line
                    key={form.key}
                    form={form.key}
                    name={label(form.label, form.key)}
                    role={document}
                    change={change}
                    onOpen={() => setOpen(form.key)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <Rights document={document} change={change} />
      {open !== null && (
        <GrantDialog form={open} role={document} change={change} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Head() {
  const t = useT();
  return (
    <thead>
      <tr>
        <th scope="col">{t("roles.form")}</th>
        {MAIN.map((action) => (
          <th key={action} scope="col" className="mark">
            {t(`roles.action.${action}`)}
          </th>
        ))}
        <th scope="col">{t("roles.more")}</th>
        <th scope="col">{t("roles.filter")}</th>
        <th scope="col">{t("roles.fields")}</th>
      </tr>
    </thead>
  );
}

interface LineProps {
  form: string;
  name: string;
  role: RoleDocument;
  change: (role: RoleDocument) => void;
  onOpen: () => void;
}

function Line({ form, name, role, change, onOpen }: LineProps) {
  const t = useT();
  const grant = grantOf(role, form);
  const count = exceptions(grant);
  return (
    <tr>
      <th scope="row">{name}</th>
      {MAIN.map((action) => (
        <td key={action} className="mark">
          <ActionBox form={form} name={name} action={action} role={role} change={change} />
        </td>
      ))}
      <td>
        <MoreActions form={form} name={name} role={role} change={change} />
      </td>
      <td>{grant && <FilterBox form={form} name={name} role={role} change={change} onOpen={onOpen} />}</td>
      <td>
        {grant && (
          <Button size="xs" look="link" onClick={onOpen} aria-label={t("roles.fields.of", { form: name })}>
            {t(`roles.level.all.${levelOf(grant, "*")}`)}
            {count > 0 && t("roles.exceptions", { count })}
          </Button>
        )}
      </td>
    </tr>
  );
}

type CellProps = Omit<LineProps, "onOpen">;

function ActionBox({ form, name, action, role, change }: CellProps & { action: Action }) {
  const t = useT();
  return (
    <input
      type="checkbox"
      aria-label={t("roles.action.of", { action: t(`roles.action.${action}`), form: name })}
      checked={actionsOf(grantOf(role, form)).has(action)}
      onChange={(event) => change(withAction(role, form, action, event.target.checked))}
    />
  );
}

function MoreActions({ form, name, role, change }: CellProps) {
  const t = useT();
  const actions = actionsOf(grantOf(role, form));
  const chosen = MORE.filter((action) => actions.has(action));
  const text = chosen.length === MORE.length ? t("roles.more.all") : String(chosen.length);
  return (
    <Popup
      trigger={
        <Button size="xs" aria-label={t("roles.more.of", { form: name })}>
          {chosen.length === 0 ? t("roles.more.none") : text}
          <Icon name="down" size="s" />
        </Button>
      }
    >
      {() => (
        <div className="menu rights">
          {MORE.map((action) => (
            <label key={action}>
              <input
                type="checkbox"
                checked={actions.has(action)}
                onChange={(event) => change(withAction(role, form, action, event.target.checked))}
              />
              {t(`roles.action.${action}`)}
            </label>
          ))}
        </div>
      )}
    </Popup>
  );
}

function FilterBox({ form, name, role, change, onOpen }: LineProps) {
  const t = useT();
  const grant = grantOf(role, form);
  const byCondition = conditionOf(grant) !== undefined;
  return (
    <span className="row g4">
      <select
        className="input sm"
        aria-label={t("roles.filter.of", { form: name })}
        value={byCondition ? "condition" : (grant?.record_filter ?? "own")}
        onChange={(event) => {
          if (event.target.value === "condition") onOpen();
          else change(withGrant(role, form, { record_filter: event.target.value }));
        }}
      >
        {FILTERS.map((filter) => (
          <option key={filter} value={filter}>
            {t(`roles.filter.${filter}`)}
          </option>
        ))}
        <option value="condition">{t("roles.filter.condition")}</option>
      </select>
      {byCondition && (
        <IconButton icon="edit" size="xs" label={t("roles.filter.edit", { form: name })} onClick={onOpen} />
      )}
    </span>
  );
}

function Rights({ document, change }: Pick<BodyProps<RoleDocument>, "document" | "change">) {
  const t = useT();
  return (
    <section className="definition-section">
      <h2>{t("roles.rights")}</h2>
      <div className="rights">
        {RIGHTS.map((right) => (
          <label key={right}>
            <input
              type="checkbox"
              checked={document.rights?.includes(right) ?? false}
              onChange={(event) => change(withRight(document, right, event.target.checked))}
            />
            <span>
              {t(`roles.right.${right}`)} <small className="ink2">{t(`roles.right.${right}.hint`)}</small>
            </span>
          </label>
        ))}
      </div>
    </section>
  );
}
