import { beforeEach, expect, it, vi } from "vitest";
import type { AnnotationSet } from "./contract/types";
import type { OwnReport } from "./own-reports";
import { fakeArea } from "./platform/testing/fake-storage";

const local = fakeArea();
const session = fakeArea();
vi.mock("./platform/storage", () => ({ local, session }));
const { forgetOwnReports, keepOwnReport, noteOutcomes, readOwnReports } = await import("./own-reports-store");

const REPORT = {
  server: "https://clauses.example", provisionId: "CL-P-000005", documentId: "CL-D-000001", title: "Photos", entity: "Larkspur",
  severity: "critical", reason: "outdated", sentAt: 1, token: "t", url: "https://clauses.example/disputes/t", moderation: null,
  decidedBefore: 0, hidden: false, state: "open", decision: null, seen: false,
} satisfies OwnReport;

beforeEach(() => {
  local.values.clear();
  session.values.clear();
});

const full = (): void => {
  vi.spyOn(local, "set").mockRejectedValueOnce(new Error("QUOTA_BYTES quota exceeded"));
  vi.spyOn(console, "warn").mockReturnValueOnce();
};

it("keeps a report of a private window in memory only, and the key of a sent one also when the storage is full", async () => {
  await keepOwnReport(REPORT, true);
  expect(local.values.size).toBe(0);
  full();
  await keepOwnReport({ ...REPORT, provisionId: "CL-P-000006" }, false);
  expect((await readOwnReports()).map(({ provisionId }) => provisionId)).toEqual(["CL-P-000005", "CL-P-000006"]);
});

it("does not stop a page from being shown when an outcome cannot be kept", async () => {
  await keepOwnReport(REPORT, false);
  full();
  await noteOutcomes(REPORT.server, [{ document: { id: REPORT.documentId }, provisions: [] } as unknown as AnnotationSet]);
  expect(await readOwnReports()).toEqual([REPORT]);
});

it("forgets all of them when told", async () => {
  await keepOwnReport(REPORT, true);
  await keepOwnReport(REPORT, false);
  await forgetOwnReports();
  expect(await readOwnReports()).toEqual([]);
});
