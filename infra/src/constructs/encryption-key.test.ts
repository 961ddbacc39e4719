import { describe, expect, test } from "@jest/globals";
import { account, exampleEnvironment, region } from "../testing/example.ts";
import { json, made } from "../testing/made.ts";
import { EncryptionKey, type EncryptionKeyProps } from "./encryption-key.ts";

const key = (props: Partial<EncryptionKeyProps> = {}) =>
  made((scope) => {
    new EncryptionKey(scope, "key", {
      environment: exampleEnvironment(),
      alias: "alias/penstock-dev",
      ...props,
    });
  });

test("it is rotated, and known by its alias", () => {
  expect(key().one("aws_kms_key")).toMatchObject({ enable_key_rotation: true });
  expect(key().one("aws_kms_alias")).toMatchObject({ name: "alias/penstock-dev" });
});

test("without it all that is stored is lost: Terraform does not destroy it, unless it is allowed", () => {
  expect(key().one("aws_kms_key")).toMatchObject({
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(key({ allowDestroy: true }).one("aws_kms_key")).toMatchObject({
    deletion_window_in_days: 7,
    lifecycle: { prevent_destroy: false },
  });
});

describe("of its policy", () => {
  interface Statement {
    readonly Effect: string;
    readonly Principal: { readonly AWS?: string; readonly Service?: string | readonly string[] };
    readonly Action: string | readonly string[];
    readonly Condition?: unknown;
  }
  const statements: readonly Statement[] = json(key().one("aws_kms_key"), "policy").Statement;

  test("the account's roles are left to their own policies", () => {
    const toAccount = statements.filter(({ Principal }) => Principal.AWS !== undefined);
    expect(toAccount).toMatchObject([{ Principal: { AWS: `arn:aws:iam::${account}:root` } }]);
  });

  test("services use it for this account alone, and never change it", () => {
    const toServices = statements.filter(({ Principal }) => Principal.Service !== undefined);
    expect(toServices.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { "aws:SourceAccount": account } },
      {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
      },
    ]);
    for (const action of toServices.flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^kms:(Encrypt|Decrypt|ReEncrypt\*|GenerateDataKey\*|DescribeKey)$/);
    }
  });
});
