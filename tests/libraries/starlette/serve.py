# Serves an application behind each of the options of `CORSMiddleware` that are given, under /0, /1 and so on.
import asyncio
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse


async def application(scope, receive, send):
    headers = {"x-request-id": "1"}
    if any(name == b"x-upstream" for name, _ in scope["headers"]):
        headers["access-control-allow-origin"] = "*"
    await PlainTextResponse("ran", headers=headers)(scope, receive, send)


LAYERS = [CORSMiddleware(application, **eval(f"dict({options})")) for options in sys.argv[1:]]


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        layer = LAYERS[int(self.path.split("/")[1])]
        self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        scope = {"type": "http", "method": self.command, "path": self.path, "headers": headers}
        asyncio.run(layer(scope, self.receive, self.send))

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = answer

    async def receive(self):
        return {"type": "http.request"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.send_response_only(message["status"])
            for name, value in message["headers"]:
                self.send_header(name.decode(), value.decode())
            self.end_headers()
        else:
            self.wfile.write(message["body"])

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
