import { path, type Template } from "./template.ts";

/** What a notice holds is the same for good news and bad: see the notices of plan-run. */
export function runNotice(at: `$.${string}`): {
  subject: Template;
  message: Template;
  attributes: Record<string, Template>;
  counts: Record<string, Template>;
} {
  const attribute = (name: string) => path(`${at}.attributes.${name}`);
  return {
    subject: path(`${at}.subject`),
    message: path(`${at}.message`),
    attributes: {
      pipeline: attribute("pipeline"),
      environment: attribute("environment"),
      run_id: attribute("run_id"),
      status: attribute("status"),
    },
    counts: {
      accepted: attribute("accepted"),
      quarantined: attribute("quarantined"),
      rejected_files: attribute("rejected_files"),
    },
  };
}
