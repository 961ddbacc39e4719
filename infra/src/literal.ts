/** Text that Terraform shall take as it is: without this it reads `${…}` and `%{…}` as its own templates. */
export function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opening) => opening.charAt(0) + opening);
}
