/** For tests only: a browser's storage. */
export class MapStorage implements Storage {
  readonly map = new Map<string, string>();
  /** Refuses everything new, as browsers do when the room is used up. */
  full = false;

  get length(): number {
    return this.map.size;
  }

  key(at: number): string | null {
    return [...this.map.keys()][at] ?? null;
  }

  getItem(name: string): string | null {
    return this.map.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.full) throw new Error("QuotaExceededError");
    this.map.set(name, value);
  }

  removeItem(name: string): void {
    this.map.delete(name);
  }

  clear(): void {
    this.map.clear();
  }
}
