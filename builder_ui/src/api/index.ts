export { API, api, request, type RequestOptions } from "./client";
export { formOf, useForm, useMe } from "./hooks";
export { ApiProblem, sentenceOf } from "./problem";
export { keys, makeQueryClient } from "./query";
export { session } from "./session";
export { titleOf } from "./titles";
export { isEmpty } from "./value";
export type * from "./types";
