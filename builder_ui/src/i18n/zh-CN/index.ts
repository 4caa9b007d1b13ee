import { collect } from "../messages";

export default collect(
  import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" }),
);
