import { randomUUID } from "node:crypto";
import { unknownOperation } from "../aws-error.ts";
import { type Answer, asAwsError } from "./json-protocol.ts";

/** An answer's fields: texts, and lists of fields. */
export type XmlFields = { readonly [name: string]: string | readonly XmlFields[] };

/** A service that speaks AWS's query protocol: a form with `Action` and `Version`, answered in XML. */
export interface QueryService {
  readonly name: string;
  /** Its API's version, which tells services apart that share an action's name. */
  readonly version: string;
  readonly namespace: string;
  readonly actions: Readonly<Record<string, (form: URLSearchParams) => XmlFields>>;
}

/** Answers a request of the query protocol. Failures are answers too. */
export function answerQuery(service: QueryService, form: URLSearchParams): Answer {
  const action = form.get("Action") ?? "";
  const requestId = randomUUID();
  try {
    const perform = Object.hasOwn(service.actions, action) ? service.actions[action] : undefined;
    if (!perform) throw unknownOperation(service.name, action, Object.keys(service.actions));
    const result = `<${action}Result>${xml(perform(form))}</${action}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    const root = `<${action}Response xmlns="${service.namespace}">${result}${metadata}</${action}Response>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body: root };
  } catch (error) {
    const { code, message, status } = asAwsError(error);
    const type = status >= 500 ? "Receiver" : "Sender";
    const detail = `<Error>${xml({ Type: type, Code: code, Message: message })}</Error>`;
    const root = `<ErrorResponse xmlns="${service.namespace}">${detail}<RequestId>${requestId}</RequestId></ErrorResponse>`;
    return { status, headers: { "content-type": "text/xml" }, body: root };
  }
}

/** A map of a form, such as `MessageAttributes.entry.1.Name`: the entries in their order. */
export function entries(form: URLSearchParams, prefix: string): readonly URLSearchParams[] {
  const found: URLSearchParams[] = [];
  for (let index = 1; ; index++) {
    const start = `${prefix}.entry.${index}.`;
    const fields = [...form].filter(([key]) => key.startsWith(start));
    if (fields.length === 0) return found;
    found.push(
      new URLSearchParams(fields.map(([key, value]): [string, string] => [key.slice(start.length), value])),
    );
  }
}

function xml(fields: XmlFields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const content =
        typeof value === "string"
          ? escaped(value)
          : value.map((item) => `<member>${xml(item)}</member>`).join("");
      return `<${name}>${content}</${name}>`;
    })
    .join("");
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
