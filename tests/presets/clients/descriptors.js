// Services, described at run time: no compiler of `.proto` files is needed.

import { create, createFileRegistry } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel as IdempotencyLevel,
  file_google_protobuf_wrappers as wrappers,
} from "@bufbuild/protobuf/wkt";

const describe = (file) =>
  createFileRegistry(create(FileDescriptorProtoSchema, { syntax: "proto3", ...file }), (name) =>
    name === wrappers.proto.name ? wrappers : undefined,
  );

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const health = describe({
  name: "grpc/health/v1/health.proto",
  package: "grpc.health.v1",
  messageType: [
    {
      name: "HealthCheckRequest",
      field: [{ name: "service", number: 1, type: Type.STRING, label: Label.OPTIONAL }],
    },
    {
      name: "HealthCheckResponse",
      // Its numbers are enough here: an enum is sent as one.
      field: [{ name: "status", number: 1, type: Type.INT32, label: Label.OPTIONAL }],
    },
  ],
  service: [
    {
      name: "Health",
      method: ["Check", "Watch"].map((name) => ({
        name,
        inputType: ".grpc.health.v1.HealthCheckRequest",
        outputType: ".grpc.health.v1.HealthCheckResponse",
        serverStreaming: name === "Watch",
      })),
    },
  ],
});

export const Health = health.getService("grpc.health.v1.Health");
export const HealthCheckRequest = health.getMessage("grpc.health.v1.HealthCheckRequest");
export const HealthCheckResponse = health.getMessage("grpc.health.v1.HealthCheckResponse");

const text = ".google.protobuf.StringValue";

export const Greeter = describe({
  name: "presets/greeter.proto",
  package: "presets",
  dependency: [wrappers.proto.name],
  service: [
    {
      name: "Greeter",
      method: [
        {
          name: "Greet",
          inputType: text,
          outputType: text,
          options: { idempotencyLevel: IdempotencyLevel.NO_SIDE_EFFECTS },
        },
        { name: "Rename", inputType: text, outputType: text },
        { name: "Spell", inputType: text, outputType: text, serverStreaming: true },
      ],
    },
  ],
}).getService("presets.Greeter");
