import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, sentenceOf } from "@/api";
import { toast } from "@/ui";
import type { NotificationPage, Preferences } from "./model/types";

const KEY = ["notifications"] as const;
const EVERY_HALF_MINUTE_MS = 30_000;
const RECENT = 8;

/** What the bell shows: the newest, and how many are new; asked again while the page is visible. */
export function useRecent() {
  return useQuery({
    queryKey: [...KEY, "recent"],
    queryFn: ({ signal }) => api.get<NotificationPage>("/notifications", { limit: RECENT }, signal),
    refetchInterval: EVERY_HALF_MINUTE_MS,
  });
}

/** How many are new; undefined for none, and until it is known. */
export function useUnread(): number | undefined {
  return useRecent().data?.unread || undefined;
}

export function useNotifications(unread: boolean) {
  return useInfiniteQuery({
    queryKey: [...KEY, "list", unread],
    queryFn: ({ pageParam, signal }) =>
      api.get<NotificationPage>("/notifications", { unread: unread || null, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Marks some read, or all; failing to is no reason to disturb anybody's reading. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids?: number[]) => api.post("/notifications/read", ids ? { ids } : {}),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function usePreferences() {
  return useQuery({
    queryKey: [...KEY, "preferences"],
    queryFn: ({ signal }) => api.get<Preferences>("/notifications/preferences", undefined, signal),
  });
}

export function useChoose() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Preferences) => api.put<Preferences>("/notifications/preferences", wanted),
    onSuccess: (kept) => queries.setQueryData([...KEY, "preferences"], kept),
    onError: (error) => toast.failed(sentenceOf(error)),
  });
}
