import { LANGUAGES, useT, type Label, type Language } from "@/i18n";
import { Row } from "../fields/settings/rows";
import { labelIn } from "../model/label";

interface Props {
  title: string;
  value: Label;
  onChange: (language: Language, text: string) => void;
  /** The one in the other language is optional. */
  optional?: boolean;
}

/** One text in both languages. */
export function LabelRows({ title, value, onChange, optional = false }: Props) {
  const t = useT();
  return LANGUAGES.map((language) => {
    const text = labelIn(value, language);
    const name = t("designer.in-language", { label: title, language: t(`designer.language.${language}`) });
    return (
      <Row key={language} label={name} changed={optional && text !== ""}>
        {(id) => (
          <input
            id={id}
            className="input sm soft"
            value={text}
            placeholder={language === "en" ? labelIn(value, "zh-CN") : ""}
            onChange={(event) => onChange(language, event.target.value)}
          />
        )}
      </Row>
    );
  });
}
