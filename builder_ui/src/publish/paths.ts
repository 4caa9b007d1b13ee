/** Addresses in the builder. */
export function designerPath(kind: string, key: string): string {
  return `/builder/${kind}s/${key}`;
}

export const BUILDER_PATH = "/builder";
