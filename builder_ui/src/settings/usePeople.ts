import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Answer, type DefinitionSummary } from "@/api";

export type PersonRow = Answer<"PeopleApi.list_people">["items"][number];

export interface PersonInput {
  login: string;
  name: string;
  main_department: number | null;
  manager_id: number | null;
  roles: string[];
  password?: string;
  state?: PersonRow["state"];
}

export type Department = Answer<"DepartmentsApi.list_departments">["items"][number];

const PEOPLE = ["settings", "people"] as const;
const DEPARTMENTS = ["settings", "departments"] as const;

export function usePeople(search: string) {
  return useQuery({
    queryKey: [...PEOPLE, search],
    queryFn: ({ signal }) =>
      api.get<{ items: PersonRow[] }>("/people", { search, limit: 200, deactivated: true }, signal),
  });
}

export function useDepartments() {
  return useQuery({
    queryKey: DEPARTMENTS,
    queryFn: ({ signal }) => api.get<{ items: Department[] }>("/departments", undefined, signal),
  });
}

/** Roles are definitions; people get them by key. */
export function useRoles() {
  return useQuery({
    queryKey: ["definitions", "role"],
    queryFn: ({ signal }) =>
      api.get<{ items: DefinitionSummary[] }>("/definitions", { kind: "role" }, signal),
    retry: false,
  });
}

function useChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["settings"] }),
  });
}

export function useSavePerson(id: number | null) {
  return useChange((input: PersonInput) =>
    id === null ? api.post<PersonRow>("/users", input) : api.patch<PersonRow>(`/users/${id}`, input),
  );
}

/** A one-time link by which the person chooses her own password. */
export function usePasswordLink() {
  return useMutation({ mutationFn: (id: number) => api.post<{ url: string }>(`/users/${id}/password-link`) });
}

export function useSaveDepartment(id: number | null) {
  return useChange((input: { name: string; parent: number | null; heads: number[] }) =>
    id === null ? api.post("/departments", input) : api.patch(`/departments/${id}`, input),
  );
}

/** Departments in the order of the tree, each with its depth. */
export function treeOrder(departments: readonly Department[]): { department: Department; depth: number }[] {
  const known = new Set(departments.map((department) => department.id));
  const below = (parent: number | null, depth: number): { department: Department; depth: number }[] =>
    departments
      .filter((department) => (known.has(department.parent ?? -1) ? department.parent : null) === parent)
      .flatMap((department) => [{ department, depth }, ...below(department.id, depth + 1)]);
  return below(null, 0);
}
