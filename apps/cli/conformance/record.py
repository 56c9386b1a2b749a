"""Records what the official client (st2client 3.9.0) prints for each case of cases.json, and what it asks for.

Usage: python record.py PATH_OF_ST2 [NAME_PART]   with st2client==3.9.0 and setuptools<81 in a virtual environment.
Writes official.json beside this file; a NAME_PART records only the cases whose names contain it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

HERE = Path(__file__).parent
DATA = json.loads((HERE / "cases.json").read_text())
DOCUMENTS = DATA["documents"]


def body_of(headers, body):
    if headers.get("content-type") == "text/plain":
        return body.decode() if isinstance(body, bytes) else body
    return json.loads(body)


def document(ref):
    if isinstance(ref, list):
        return [DOCUMENTS[name] for name in ref]
    return DOCUMENTS[ref]


def serve(case):
    answers = list(case["answers"])
    requests = []
    lock = threading.Lock()

    def take(method, path, accept):
        fitting = [
            a
            for a in answers
            if a["method"] == method and a["path"] == path and a.get("accept", accept) == accept
        ]
        if not fitting:
            return None
        # answers to the same question are given in order; the last one stays
        if len(fitting) > 1:
            answers.remove(fitting[0])
        return fitting[0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def answer(self):
            url = urlsplit(self.path)
            path = url.path.rstrip("/")
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            with lock:
                requests.append(
                    {
                        "method": self.command,
                        "path": path,
                        "query": dict(sorted(parse_qsl(url.query, keep_blank_values=True))),
                        "body": body_of(self.headers, body) if body else None,
                    }
                )
                found = take(self.command, path, self.headers.get("accept"))
            if found is None:
                found = {"status": 404, "text": '{"faultstring": "no answer is recorded"}'}
            if "events" in found:
                chunks = ["\n"]
                for event in found["events"]:
                    data = event.get("text")
                    if data is None:
                        data = event["data"]
                        data = json.dumps(document(data) if isinstance(data, str) else data)
                    chunks.append("event: %s\ndata: %s\n\n" % (event["event"], data))
                content, kind = "".join(chunks), "text/event-stream; charset=UTF-8"
            elif "text" in found:
                content, kind = found["text"], "text/plain; charset=UTF-8"
            else:
                content, kind = json.dumps(document(found["body"]), ensure_ascii=False), "application/json"
            payload = content.encode()
            self.send_response(found.get("status", 200))
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(payload)))
            for name, value in (found.get("headers") or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = do_PUT = do_DELETE = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, requests


def record(st2, case):
    server, requests = serve(case)
    port = server.server_address[1]
    if case.get("unreachable"):
        server.shutdown()
        server.server_close()
    with tempfile.TemporaryDirectory() as home:
        if "config" in case:
            os.mkdir(os.path.join(home, ".st2"))
            Path(home, ".st2", "config").write_text(case["config"])
        for name, text in case.get("workingFiles", {}).items():
            Path(home, name).write_text(text)
        base = "http://127.0.0.1:%d" % port
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONWARNINGS": "ignore",
            "COLUMNS": "120",
            "TERM": "dumb",
            "ST2_COLORIZE": "false",
            "ST2_API_URL": base + "/v1",
            "ST2_AUTH_URL": base,
            "ST2_STREAM_URL": base + "/v1",
        }
        if "config" not in case:
            env["ST2_AUTH_TOKEN"] = "0123456789abcdef0123456789abcdef"
        env.update(case.get("env", {}))
        done = subprocess.run(
            [st2, *case["argv"]],
            env=env,
            cwd=home,
            capture_output=True,
            timeout=60,
            input=case.get("stdin", "").encode(),
        )

        def clean(raw):
            text = raw.decode().replace(":%d" % port, ":PORT").replace("port=%d" % port, "port=PORT").replace(home, "HOME")
            # of a stack trace only the error, of help only its beginning, of an object only its class
            text = re.sub(r"Traceback [\s\S]*\n(?=\w)", "Traceback\n", text)
            text = re.sub(r"object at 0x[0-9a-f]+", "object at 0x0", text)
            return text[: case.get("beginning", len(text))]

        files = {
            path.name: {"mode": oct(path.stat().st_mode & 0o7777), "text": path.read_text()}
            for path in sorted(Path(home, ".st2").glob("*"))
        }
    server.shutdown()
    result = {
        "exitCode": done.returncode,
        "stdout": clean(done.stdout),
        "stderr": clean(done.stderr),
        "requests": requests,
    }
    if files:
        result["files"] = files
    return result


def main():
    st2 = sys.argv[1]
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    target = HERE / "official.json"
    known = json.loads(target.read_text()) if target.exists() else {}
    cases = [case for case in DATA["cases"] if part in case["name"]]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda case: record(st2, case), cases))
    known.update({case["name"]: result for case, result in zip(cases, results)})
    names = [case["name"] for case in DATA["cases"]]
    lines = ["  %s: %s" % (json.dumps(n), json.dumps(known[n], ensure_ascii=False)) for n in names if n in known]
    target.write_text("{\n%s\n}\n" % ",\n".join(lines))
    print("%d cases recorded" % len(cases))


if __name__ == "__main__":
    main()
