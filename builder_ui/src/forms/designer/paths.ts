/** Addresses in the builder, for links from here to there. */
export function designerPath(kind: string, key: string): string {
  return `/builder/${kind}s/${key}`;
}

export const BUILDER_PATH = "/builder";

export function publishPath(kind?: string, key?: string): string {
  return kind && key ? `/builder/publish?kind=${kind}&key=${key}` : "/builder/publish";
}
