/** One draft on the server, written by one editor: the revision it stands on, and one save at a time. */
import { api, type Json, type Problem } from "@/api";

interface Saved {
  readonly rev: number;
  readonly problems: Problem[];
}

export class DraftWriter<Document> {
  private running: Promise<unknown> = Promise.resolve();
  private takesOver = false;

  constructor(
    readonly path: string,
    private rev: number,
    private stored: Document,
  ) {}

  /** Whether the server has exactly this document. */
  has(document: Document): boolean {
    return this.stored === document;
  }

  /** Saves behind a save that still runs. Throws ApiProblem; 409 when somebody else's state stands in the way. */
  write(document: Document): Promise<Saved> {
    const next = this.running.then(() => this.put(document));
    this.running = next.catch(() => undefined);
    return next;
  }

  private async put(document: Document): Promise<Saved> {
    const body = { rev: this.rev, ...contentOf(document) };
    const saved = await api.put<Saved>(this.path, this.takesOver ? { ...body, take_over: true } : body);
    this.takesOver = false;
    this.rev = saved.rev;
    this.stored = document;
    return saved;
  }

  /** The person was asked: the next save goes over revision `rev`, whoever made it. */
  takeOver(rev: number): void {
    this.rev = rev;
    this.takesOver = true;
  }

  /** Goes on from somebody else's state, which the designer now shows. */
  goOnFrom(rev: number, document: Document): void {
    this.rev = rev;
    this.stored = document;
  }
}

/** Rules are texts, everything else is a document. */
function contentOf(document: unknown): { text: string } | { document: Json } {
  return typeof document === "string" ? { text: document } : { document: document as Json };
}
