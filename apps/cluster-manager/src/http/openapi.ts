import { type Endpoint, problem, REQUEST_ID_HEADER, STORE_HEADER } from '@fallover/contract';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { needsRequestId } from './endpoints.ts';
import { PROBLEM_MEDIA } from './problem.ts';

/** The OpenAPI 3.1 document of these endpoints. */
export function openApiDocument(endpoints: Record<string, Endpoint>, version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    paths[endpoint.path] = { ...paths[endpoint.path], [METHODS[endpoint.method]]: operation(name, endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fallover',
      version,
      description: `What the console and the command line may ask a cluster manager. Refusals are application/problem+json. While the store does not answer, each reply has the header ${STORE_HEADER} with its state: what it says of the cluster is as the node knew it last.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'fallover_session', description: 'Set by signing in.' },
      },
    },
    paths,
  });
}

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

function operation(name: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { status = 200, media = 'application/json' } = endpoint;
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.permission],
    security: endpoint.permission === 'public' ? [] : [{ session: [] }],
    requestParams: {
      ...(endpoint.parameters ? { path: endpoint.parameters as z.ZodObject } : {}),
      ...(endpoint.query ? { query: endpoint.query as z.ZodObject } : {}),
      ...(needsRequestId(endpoint) ? { header: REQUEST_ID } : {}),
    },
    ...(endpoint.body ? { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } } : {}),
    responses: {
      [`${status}`]: {
        description: endpoint.summary,
        ...(status === 204 ? {} : { content: { [media]: { schema: endpoint.media ? z.string() : endpoint.reply } } }),
      },
      default: { description: 'A refusal, with its code and its sentence', content: { [PROBLEM_MEDIA]: { schema: problem } } },
    },
  };
}

const REQUEST_ID = z.object({
  [REQUEST_ID_HEADER]: z.uuid().meta({ description: 'Made by the client; the same one when the request is repeated.' }),
});
