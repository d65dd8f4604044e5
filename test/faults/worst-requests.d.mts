export interface Worst {
  readonly name: string;
  readonly did: string;
}
export const worst: readonly Worst[];
