import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./query";
import type { FormRender, Me } from "./types";

/** The signed-in person; present below the shell, which waits for it. */
export function useMe(): Me {
  return useSuspenseQuery({ queryKey: keys.me, queryFn: () => api.get<Me>("/me"), staleTime: 60_000 }).data;
}

/** A form as this person may see it. */
export function useForm(form: string) {
  return useQuery({
    queryKey: keys.form(form),
    queryFn: ({ signal }) => api.get<FormRender>(`/forms/${form}`, undefined, signal),
    staleTime: 60_000,
  });
}
