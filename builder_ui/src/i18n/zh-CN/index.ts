import { collect } from "../messages";

/** All texts but those of screens that bring their own (`loadTexts`). */
export default collect(
  import.meta.glob<Record<string, string>>(["./*.json", "!./{automations,calendars,decisions,runs}.json"], {
    eager: true,
    import: "default",
  }),
);
