import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { api, request } from "./client";
import { keys } from "./query";
import type { FormRender, Me } from "./types";

/** The signed-in person; present below the shell, which waits for it. */
export function useMe(): Me {
  return useSuspenseQuery({ queryKey: keys.me, queryFn: whoAmI, staleTime: 60_000 }).data;
}

/** Without a session this throws instead of waiting: nothing is on screen yet, the sign-in page comes first. */
async function whoAmI(): Promise<Me> {
  const me = await request<Me>("GET", "/me", { anonymous: true });
  return { ...me, user: { ...me.user, zone: me.user.zone || me.workspace.zone } };
}

/** A form as this person may see it. */
export function useForm(form: string) {
  return useQuery(formOf(form));
}

/** The question for a form, for those who ask for several at once. */
export const formOf = (form: string) =>
  queryOptions({
    queryKey: keys.form(form),
    queryFn: ({ signal }) => api.get<FormRender>(`/forms/${form}`, undefined, signal),
    staleTime: 60_000,
  });
