import { afterEach, expect, it, vi } from "vitest";
import { api, request } from "./client";
import { ApiProblem } from "./problem";
import { session } from "./session";

function answer(status: number, body?: unknown, type = "application/json"): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": type },
  });
}

function serving(...answers: Response[]) {
  const fetched = vi.fn<typeof fetch>();
  answers.forEach((next) => fetched.mockResolvedValueOnce(next));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
  session.resume();
});

it("sends the token of the cookie and the language with every change", async () => {
  document.cookie = "dougong_csrf=abc";
  const fetched = serving(answer(201, { id: 1 }));

  await api.post("/forms/a/records", { values: {} });

  const [address, init] = fetched.mock.calls[0] ?? [];
  expect(address).toBe("/api/v1/forms/a/records");
  expect(init?.headers).toMatchObject({ "X-CSRF-Token": "abc", "Accept-Language": "zh-CN" });
});

it("throws every problem of a refusal", async () => {
  const problems = [{ code: "form.value.required", message: "缺金额", at: "/values/amount" }];
  serving(answer(422, { title: "x", code: "input", problems }, "application/problem+json"));

  const failure = await api.get("/x").catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject({ status: 422, problems, sentences: ["缺金额"] });
});

it("says so when the server is not reached", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("network")));

  await expect(api.get("/x")).rejects.toMatchObject({ status: 0, code: "client.unreachable" });
});

it("waits for the person to sign in again and repeats the request", async () => {
  const fetched = serving(answer(401), answer(200, { saved: true }));

  const saving = request("PATCH", "/x", { body: { a: 1 } });
  await vi.waitFor(() => expect(session.isExpired()).toBe(true));
  session.resume();

  await expect(saving).resolves.toEqual({ saved: true });
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(fetched.mock.calls[1]?.[1]?.body).toBe('{"a":1}');
});

it("takes a wrong password for an answer, not for the end of the session", async () => {
  serving(answer(401, { detail: "wrong" }));

  await expect(request("POST", "/session", { body: {}, anonymous: true })).rejects.toMatchObject({
    status: 401,
  });
  expect(session.isExpired()).toBe(false);
});

it("leaves out empty query parameters", async () => {
  const fetched = serving(answer(200, {}));

  await api.get("/x", { where: "", cursor: null, limit: 5, search: "华东" });

  expect(fetched.mock.calls[0]?.[0]).toBe(`/api/v1/x?limit=5&search=${encodeURIComponent("华东")}`);
});
