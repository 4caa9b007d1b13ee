/** A stored text as a link; a masked one leads nowhere and stays text. */
export function LinkCell({
  href,
  text,
  away = false,
}: {
  href?: string | undefined;
  text: string;
  away?: boolean;
}) {
  if (href === undefined) return <span>{text}</span>;
  return (
    <a href={href} {...(away ? { target: "_blank", rel: "noopener noreferrer" } : {})}>
      {text}
    </a>
  );
}
