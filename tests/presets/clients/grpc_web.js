// The gRPC-Web clients of Connect and of the gRPC project.

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import * as grpcWeb from "grpc-web";

import { Health, HealthCheckRequest, HealthCheckResponse } from "./descriptors.js";
import { runEach } from "./steps.js";

const PATIENCE = 30_000;

const byConnect = (api) => {
  const client = createClient(Health, createGrpcWebTransport({ baseUrl: api }));
  const call = async (read) => {
    let status;
    const onTrailer = (trailers) => (status = trailers.get("grpc-status"));
    const told = await read({ timeoutMs: PATIENCE, onTrailer });
    return { ...told, trailer: status };
  };
  const fail = async (read) => {
    try {
      return await read({ timeoutMs: PATIENCE });
    } catch (error) {
      if (!(error instanceof ConnectError) || error.code !== Code.NotFound) throw error;
      const details = error.details.map((detail) => detail.type);
      const reason = error.metadata.get("x-reason");
      return { error: Code[error.code], message: error.rawMessage, details, reason };
    }
  };
  const unary = (service) => async (options) => ({
    status: (await client.check({ service }, options)).status,
  });
  const stream = (service) => async (options) => {
    const statuses = [];
    for await (const { status } of client.watch({ service }, options)) statuses.push(status);
    return { statuses };
  };
  return {
    unary: () => call(unary("")),
    stream: () => call(stream("")),
    failure: () => fail(unary("none")),
    failureInStream: () => fail(stream("none")),
  };
};

const byGrpcWeb = (api) => {
  const client = new grpcWeb.GrpcWebClientBase({ format: "text" });
  const describe = (name, type) =>
    new grpcWeb.MethodDescriptor(
      `${api}/grpc.health.v1.Health/${name}`,
      type,
      Object,
      Object,
      (service) => toBinary(HealthCheckRequest, create(HealthCheckRequest, { service })),
      (bytes) => fromBinary(HealthCheckResponse, new Uint8Array(bytes)),
    );
  const check = describe("Check", grpcWeb.MethodType.UNARY);
  const watch = describe("Watch", grpcWeb.MethodType.SERVER_STREAMING);
  const deadline = () => ({ deadline: `${Date.now() + PATIENCE}` });

  /** Resolves as soon as both parts are there, in whichever order the client tells of them. */
  const gather = (resolve) => {
    const told = {};
    return (part) => {
      Object.assign(told, part);
      if (Object.keys(told).length === 2) resolve(told);
    };
  };
  const stream = (service) =>
    new Promise((resolve) => {
      const note = gather(resolve);
      const statuses = [];
      client
        .serverStreaming(watch.getName(), service, deadline(), watch)
        .on("data", ({ status }) => statuses.push(status))
        .on("status", ({ code }) => note({ trailer: code }))
        .on("error", ({ code, message }) => resolve({ error: code, message }))
        .on("end", () => note({ statuses }));
    });
  const unary = (service) =>
    new Promise((resolve) => {
      const note = gather(resolve);
      const answered = (error, message) =>
        error
          ? resolve({ error: error.code, message: error.message })
          : note({ status: message.status });
      client
        .rpcCall(check.getName(), service, deadline(), check, answered)
        .on("status", ({ code }) => code === grpcWeb.StatusCode.OK && note({ trailer: code }));
    });
  return {
    unary: () => unary(""),
    stream: () => stream(""),
    failure: () => unary("none"),
  };
};

window.page = async (api) => ({
  connect: await runEach(byConnect(api)),
  "grpc-web": await runEach(byGrpcWeb(api)),
});
