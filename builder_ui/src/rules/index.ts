import { loadTexts } from "@/i18n";
export { FeelCondition } from "./conditions/FeelCondition";
export { ConditionEditor } from "./conditions/ConditionEditor";
export { operandText } from "./conditions/operands";
export { useTitles } from "./conditions/useTitles";
export {
  count,
  NO_CONDITIONS,
  pruned,
  type Condition,
  type Group,
  type Item,
  type Operand,
  type Operator,
} from "./model/conditions";
export { printConditions, type TypeOf } from "./model/print";
export { readConditions } from "./model/read";
export { FeelEditor } from "./editor/lazy";
export { FIRST_TRIGGERS, firstRule, type FirstTrigger } from "./automations/model/first";

export { RecordRuns } from "./runs";
export { CalendarBody, type CalendarDocument } from "./calendars";

/** The editor of rules comes with its texts when one is opened. */
export const loadRuleEditor = async () => {
  const [screen] = await Promise.all([import("./automations/RuleScreen"), loadTexts("automations")]);
  return screen;
};

/** The grid of decisions comes with its texts when one is opened. */
export const loadDecisionEditor = async () => {
  const [screen] = await Promise.all([import("./decisions/DecisionScreen"), loadTexts("decisions")]);
  return screen;
};
