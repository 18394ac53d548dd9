/** Asks for something a moment after the last change, and tells only the answer to the newest question. */

/** Typing pauses this long between words, hardly within one; longer feels as if nothing happened. */
export const PAUSE_MS = 350;

export class Latest<Question, Answer> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private number = 0;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly tell: (answer: Answer, question: Question) => void,
    private readonly pause = PAUSE_MS,
  ) {}

  /** Ask when nothing else comes within the pause. */
  touch(question: Question): void {
    this.stop();
    const number = this.number;
    this.timer = setTimeout(() => void this.put(question, number), this.pause);
  }

  /** Neither ask nor tell what is under way. */
  stop(): void {
    clearTimeout(this.timer);
    this.number++;
  }

  private async put(question: Question, number: number): Promise<void> {
    const answer = await this.ask(question);
    if (number === this.number) this.tell(answer, question);
  }
}
