import type { SettingsProps } from "../contract";
import { OptionsEditor } from "../settings/OptionsEditor";

export function Settings(props: SettingsProps) {
  return <OptionsEditor {...props} />;
}
