import { describe, expect, it } from "@jest/globals";
import { readHeader } from "./profile-settings.ts";

describe("header.txt", () => {
  it.each([
    ["one line as in the files", 'id,"a, b","say ""x""",c\r\n', ["id", "a, b", 'say "x"', "c"]],
    ["a column a line", "id\n\na, b\nc\n", ["id", "a, b", "c"]],
    ["a first column without a name", ",GC,GG\n", ["_1", "GC", "GG"]],
    ["others without a name", 'id,,"",c,\n', ["id", "_2", "_3", "c", "_5"]],
    ["a byte order mark", "\uFEFFid,c", ["id", "c"]],
  ])("may be %s", (_, text, header) => {
    expect(readHeader(text)).toEqual(header);
  });
});
