import { describe, expect, it } from "vitest";
import { CARD_WIDTH, placeCard, type Box } from "./card-place";

const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });

describe("place of the card", () => {
  it("is beside the text on a wide screen, so that nothing is covered", () => {
    const place = placeCard(box(500, 300, 900, 320), box(300, 280, 1000, 420), 1600, 900);
    expect(place.placement).toBe("right-start");
    expect(place.reference.right).toBe(1000);
  });

  it("is found for boxes as the browser gives them, whose sides are no own properties", () => {
    const block = Object.create({ left: 300, top: 280, right: 1000, bottom: 420 }) as Box;
    const { reference } = placeCard(box(500, 300, 900, 320), block, 1600, 900);
    expect(reference).toEqual({ left: 300, right: 1000, top: 300, bottom: 320 });
  });

  it("is below the clause, or above it near the end of the screen", () => {
    const block = box(100, 0, 1000, 900);
    expect(placeCard(box(100, 100, 900, 140), block, 1200, 800)).toMatchObject({ placement: "bottom-start", maxHeight: 644 });
    expect(placeCard(box(100, 700, 900, 740), block, 1200, 800)).toMatchObject({ placement: "top-start", maxHeight: 680 });
  });

  it("is never taller than the screen, nor too small to read", () => {
    const block = box(0, 0, 500, 600);
    for (let top = 0; top < 600; top += 50) {
      const { maxHeight } = placeCard(box(10, top, 400, top + 60), block, CARD_WIDTH + 100, 600);
      expect(maxHeight).toBeGreaterThanOrEqual(320);
      expect(maxHeight).toBeLessThanOrEqual(584);
    }
  });
});
