import { lazy, Suspense, useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { Outlet, useLocation, useMatches } from "react-router";
import { session, useMe } from "@/api";
import { setRegion, useT } from "@/i18n";
import { Skeleton, useShortcut, useStored, useViewport } from "@/ui";
import { BottomBar, Navigation, Rail } from "./Navigation";
import "./shell.css";

const Jump = lazy(() => import("./Jump"));
const SignInAgain = lazy(() => import("./SignInAgain"));

type Own = boolean | ((params: Readonly<Record<string, string | undefined>>) => boolean);

/** Screens without the phone's tabs (records, forms, an open task) say `handle.own`: they bring their own bar. */
function useHasTabs(): boolean {
  return !useMatches().some(({ handle, params }) => {
    const own = (handle as { own?: Own } | undefined)?.own;
    return typeof own === "function" ? own(params) : own;
  });
}

/** A new screen starts at its head, also for a screen reader. */
function useFocusOnMove(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
}

/** Ctrl K, on macOS Command K, from anywhere, also while typing. */
function useJumpKey(open: () => void): void {
  const onOpen = useEffectEvent(open);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      onOpen();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

const CANVAS = /^\/builder\/(forms|flows)\//;

function Frame() {
  const t = useT();
  const me = useMe();
  const viewport = useViewport();
  const [folded, setFolded] = useStored("dougong.nav.folded", false);
  const hasTabs = useHasTabs();
  const { pathname } = useLocation();
  const [jumping, setJumping] = useState(false);
  useFocusOnMove();
  useJumpKey(() => setJumping(true));
  useShortcut("[", () => setFolded(!folded), viewport === "wide");
  useEffect(
    () => setRegion(me.user.zone, me.workspace.currency.toUpperCase()),
    [me.user.zone, me.workspace.currency],
  );
  const phone = viewport === "phone";
  // Canvases need the width: there the navigation is a rail whatever was chosen elsewhere.
  const rail = viewport === "narrow" || folded || CANVAS.test(pathname);
  return (
    <div className={phone ? "ws phone" : rail ? "ws folded" : "ws"}>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      {!phone &&
        (rail ? (
          <Rail onUnfold={() => setFolded(false)} onJump={() => setJumping(true)} />
        ) : (
          <Navigation onFold={() => setFolded(true)} onJump={() => setJumping(true)} />
        ))}
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
      {phone && hasTabs && <BottomBar />}
      {jumping && (
        <Suspense>
          <Jump onClose={() => setJumping(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** The frame of every screen: navigation, content, messages, and the dialog of an ended session. */
export function Shell() {
  const expired = useSyncExternalStore(session.subscribe, session.isExpired);
  return (
    <Suspense fallback={<Skeleton />}>
      <Frame />
      {expired && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </Suspense>
  );
}
