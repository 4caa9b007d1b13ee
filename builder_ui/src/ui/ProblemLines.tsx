import { Icon } from "./Icon";

interface Line {
  readonly message: string;
  readonly hint?: string | null;
  readonly severity?: string;
}

interface Props {
  problems: readonly Line[];
  label?: string;
}

/** What is wrong and what would be right, one below the other. */
export function ProblemLines({ problems, label }: Props) {
  return (
    <ul className="problem-lines" aria-label={label}>
      {problems.map(({ message, hint, severity }, at) => (
        <li key={at}>
          <Icon
            name={severity === "warning" ? "warn" : "error"}
            className={severity === "warning" ? "amber" : "red"}
          />
          <span>
            {message} {hint && <span className="ink2">{hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
