import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { ApiProblem, sentenceOf } from "@/api";
import { useT } from "@/i18n";
import { Button, Empty } from "@/ui";

/** After a new release the old page asks for chunks that are gone: only a reload helps. */
function isStaleRelease(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

function isMissing(error: unknown): boolean {
  return (
    (isRouteErrorResponse(error) && error.status === 404) ||
    (error instanceof ApiProblem && error.status === 404)
  );
}

export function NotFound() {
  const t = useT();
  return (
    <main className="page centre" id="main">
      <Empty title={t("shell.missing")}>
        <Link className="btn" to="/">
          {t("shell.toHome")}
        </Link>
      </Empty>
    </main>
  );
}

/** What a screen shows instead of itself when it failed: the sentence, and the one way on. */
export function ErrorScreen() {
  const t = useT();
  const error = useRouteError();
  if (error instanceof ApiProblem && error.status === 401) {
    const back = encodeURIComponent(window.location.pathname + window.location.search);
    window.location.replace(`/login?next=${back}`);
    return null;
  }
  if (isMissing(error)) return <NotFound />;
  const stale = isStaleRelease(error);
  return (
    <main className="page centre" id="main">
      <Empty title={stale ? t("shell.newRelease") : t("shell.broken")}>
        {!stale && <p className="ink2">{sentenceOf(error)}</p>}
        <Button icon="refresh" onClick={() => window.location.reload()}>
          {t("shell.reload")}
        </Button>
      </Empty>
    </main>
  );
}
