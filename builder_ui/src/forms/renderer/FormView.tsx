import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
  type RefObject,
} from "react";
import { ApiProblem, useMe, type FormRender, type RecordView, type Values } from "@/api";
import { label, useT } from "@/i18n";
import { Button, Dialog, Icon } from "@/ui";
import { FormScopeContext, type FormScope } from "../fields/scope";
import { clearedFields, createPayload, enteredValues, patchPayload } from "../model/payload";
import { withRights, type FieldRights } from "../model/rights";
import { defaultValues, editValues, newRow } from "../model/values";
import { SurfaceContext, type FormSurface, type Mode } from "./context";
import { makeEvaluator } from "./evaluator";
import { Items } from "./Layout";
import { askServer, type Ask } from "./remote";
import { useChecks, type Checks } from "./useChecks";
import { useFormState, type FormState } from "./useFormState";
import "./form.css";

export interface FormHandle {
  /**
   * The values to send, after the browser's checks and the question about values that will be cleared;
   * undefined when something is wrong or the person went back.
   */
  collect: () => Promise<Values | undefined>;
  /** Shows what the server refused at the fields it is about. */
  refuse: (problem: ApiProblem) => void;
  isDirty: () => boolean;
}

export interface FormViewProps {
  form: FormRender;
  mode: Mode;
  record?: RecordView;
  /** Values that a new record starts with, over the defaults. */
  initial?: Values;
  /** Values typed on an earlier visit: shown over the record, against which changes are still measured. */
  draft?: Values;
  /** Told after each change what the person has entered so far, no other field; rows keep their keys. */
  onValues?: (values: Values) => void;
  /** Sends the values; what it throws as ApiProblem is shown at the fields. Without it there is no button. */
  onSubmit?: (values: Values) => Promise<unknown>;
  onCancel?: () => void;
  submitLabel?: string;
  fieldRights?: FieldRights;
  /** Draws everything, whatever the rules say: the designer's canvas. */
  sample?: boolean;
  openTab?: (path: string) => number | undefined;
  /** Answers expressions that the browser does not evaluate; by default `POST /evaluate`. */
  ask?: Ask;
  ref?: Ref<FormHandle>;
}

const NO_VALUES: Values = {};
const NO_TAB = () => undefined;

/** The one renderer of forms: workspace, inbox and designer show the same. */
export function FormView(props: FormViewProps) {
  const { form, mode, fieldRights, sample = false } = props;
  const render = useMemo(() => withRights(form, fieldRights), [form, fieldRights]);
  const { state, makeRow } = useEntered(render, props);
  const checks = useChecks(render, state.settled);
  const question = useQuestion();
  const root = useRef<HTMLDivElement>(null);
  const surface: FormSurface = {
    form: render,
    mode,
    settled: state.settled,
    set: state.set,
    errorAt: checks.errorAt,
    warningAt: checks.warningAt,
    newRow: makeRow,
    sample,
    openTab: props.openTab ?? NO_TAB,
    idPrefix: useId(),
  };
  const handle = makeHandle({ render, mode, state, checks, question, root });
  useImperativeHandle(props.ref, () => handle);
  return (
    <SurfaceContext value={surface}>
      <FormScopeContext value={formScope(render, state)}>
        <div ref={root} className={`form-view ${mode}`}>
          <Notices messages={checks.general} />
          <Items nodes={render.layout} base={[]} />
          {mode !== "view" && props.onSubmit && (
            <Foot {...props} {...handle} onSubmit={props.onSubmit} errors={checks.count} />
          )}
        </div>
        <ClearedDialog question={question} />
      </FormScopeContext>
    </SurfaceContext>
  );
}

/** The values of the form with what its rules make of them, and how a new row of a sub-table begins. */
function useEntered(
  render: FormRender,
  { initial = NO_VALUES, record, mode, draft, onValues, ask = askServer }: FormViewProps,
) {
  const me = useMe();
  const evaluator = useMemo(() => makeEvaluator(render, me.workspace.zone), [render, me.workspace.zone]);
  const scope = useMemo(() => ({ user: { id: me.user.id } }), [me.user.id]);
  const [start] = useState(() => {
    const defaults = mode === "create" ? defaultValues(Object.values(render.fields), evaluator, scope) : {};
    return editValues(render, record?.values ?? { ...defaults, ...initial });
  });
  const state = useFormState({ form: render, start, evaluator, scope, ask, record: record?.id, draft, mode });
  const { touched, settled } = state;
  useEffect(() => {
    if (touched) onValues?.(enteredValues(render, settled.values, start));
  }, [touched, settled.values, onValues, render, start]);
  const makeRow = useCallback(
    (table: string) =>
      newRow(defaultValues(Object.values(render.fields[table]?.fields ?? {}), evaluator, scope)),
    [render, evaluator, scope],
  );
  return { state, makeRow };
}

interface Parts {
  readonly render: FormRender;
  readonly mode: Mode;
  readonly state: FormState;
  readonly checks: Checks;
  readonly question: Question;
  readonly root: RefObject<HTMLDivElement | null>;
}

function makeHandle({ render, mode, state, checks, question, root }: Parts): FormHandle {
  const isConfirmed = async () => {
    const lost = mode === "edit" ? clearedFields(render, state.settled, state.start) : [];
    return lost.length === 0 || question.ask(lost.map((field) => label(field.label, field.key)));
  };
  return {
    collect: async () => {
      if (!checks.findErrors()) return (await isConfirmed()) ? payload(render, mode, state) : undefined;
      focusFirstError(root.current);
      return undefined;
    },
    refuse: (problem) => {
      checks.refuse(problem);
      focusFirstError(root.current);
    },
    isDirty: () => Object.keys(payload(render, mode, state)).length > 0,
  };
}

function formScope(form: FormRender, { settled: { values }, assign }: FormState): FormScope {
  return { form: form.key, fields: form.fields, record: values, table: "", values, assign };
}

function payload(form: FormRender, mode: Mode, { settled, start }: FormState): Values {
  return mode === "create" ? createPayload(form, settled) : patchPayload(form, settled, start);
}

/** After the messages are drawn the first faulty input gets the focus, so that the reader lands where the work is. */
function focusFirstError(root: HTMLElement | null): void {
  requestAnimationFrame(() => {
    root?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  });
}

function Notices({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <div className="notice bad" role="alert" tabIndex={-1}>
      <Icon name="error" />
      <ul>
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}

interface FootProps extends FormViewProps, FormHandleParts {
  onSubmit: (values: Values) => Promise<unknown>;
  errors: number;
}

type FormHandleParts = Pick<FormHandle, "collect" | "refuse">;

function Foot({ onSubmit, onCancel, submitLabel, collect, refuse, errors }: FootProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      const values = await collect();
      if (values) await onSubmit(values);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="form-foot">
      <Button look="pri" busy={busy} onClick={() => void submit()}>
        {submitLabel ?? t("forms.save")}
      </Button>
      {onCancel && <Button onClick={onCancel}>{t("ui.cancel")}</Button>}
      <span className="err" role="status">
        {errors > 0 && t("forms.errors", { count: errors })}
      </span>
    </div>
  );
}

// --- the question before stored values are cleared ---------------------------------------------------

interface Question {
  names: readonly string[] | null;
  ask: (names: readonly string[]) => Promise<boolean>;
  answer: (yes: boolean) => void;
}

function useQuestion(): Question {
  const [names, setNames] = useState<readonly string[] | null>(null);
  const resolve = useRef<(yes: boolean) => void>(() => undefined);
  return {
    names,
    ask: (asked) => {
      setNames(asked);
      return new Promise<boolean>((done) => {
        resolve.current = done;
      });
    },
    answer: (yes) => {
      setNames(null);
      resolve.current(yes);
    },
  };
}

function ClearedDialog({ question }: { question: Question }): ReactNode {
  const t = useT();
  return (
    <Dialog
      open={question.names !== null}
      title={t("forms.cleared.title")}
      onClose={() => question.answer(false)}
      confirm={{ label: t("forms.cleared.save"), run: () => question.answer(true) }}
    >
      <p>{t("forms.cleared.text")}</p>
      <ul className="bullets">
        {question.names?.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Dialog>
  );
}
