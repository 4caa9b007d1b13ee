import { labelIn, withLabel } from "@/forms";
import { LANGUAGES, useT, type Label } from "@/i18n";
import { Labelled } from "@/ui";

interface Props {
  value: Label;
  onChange: (label: NonNullable<Label>) => void;
}

/** The name in both languages; a missing one falls back to the other. */
export function Names({ value, onChange }: Props) {
  const t = useT();
  return (
    <div className="names">
      {LANGUAGES.map((language) => (
        <Labelled
          key={language}
          label={t("designer.in-language", {
            label: t("definitions.name"),
            language: t(`designer.language.${language}`),
          })}
        >
          {(id) => (
            <input
              id={id}
              className="input"
              maxLength={200}
              value={labelIn(value, language)}
              onChange={(event) => onChange(withLabel(value, language, event.target.value))}
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}
