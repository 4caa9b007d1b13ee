/** The text of src/api/schema.d.ts, generated from openapi.json. */
export function apiTypes(): Promise<string>;
