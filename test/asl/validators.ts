/** Other people's validators of definitions: asl-validator and AWS's own amazon-states-language-service. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type Validator = (definition: unknown) => { isValid: boolean; errors: unknown[] };

interface LanguageService {
  parseJSONDocument(document: unknown): unknown;
  doValidation(document: unknown, parsed: unknown): Promise<{ message: string }[]>;
}

interface LanguageServiceModule {
  getLanguageService(parameters: object): LanguageService;
  TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
}

const validate = require('asl-validator') as Validator;
const { getLanguageService, TextDocument } = require('amazon-states-language-service') as LanguageServiceModule;
const service = getLanguageService({});

/** What either validator says against a definition. asl-validator is asked only for what it knows of JSONata. */
export async function validatorProblems(definition: unknown): Promise<string[]> {
  const text = JSON.stringify(definition, null, 2);
  const problems: string[] = [];
  // It wrongly wants objects in Output and Arguments, and no line breaks in strings.
  if (!/"(Output|Arguments)": [^{]|\\n|[\u2028\u2029]/.test(text)) {
    const { isValid, errors } = validate(JSON.parse(text));
    if (!isValid) problems.push(...errors.map((error) => JSON.stringify(error)));
  }
  const document = TextDocument.create('file:///machine.asl', 'asl', 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  problems.push(...found.map(({ message }) => message));
  return problems;
}
