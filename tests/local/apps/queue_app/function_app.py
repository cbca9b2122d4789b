import asyncio
import time
from typing import Any

import azure.functions as func

app = func.FunctionApp()
seen: list[dict[str, Any]] = []
running = {"now": 0, "most": 0}


@app.queue_trigger(arg_name="message", queue_name="%WORK_QUEUE%", connection="Storage")
async def work(message: func.QueueMessage) -> None:
    body = message.get_body().decode()
    seen.append(
        {
            "body": body,
            "id": message.id,
            "dequeue_count": message.dequeue_count,
            "inserted": message.insertion_time,
            "expires": message.expiration_time,
            "visible": message.time_next_visible,
            "receipt": message.pop_receipt,
        }
    )
    if body == "bad" or (body == "bad once" and message.dequeue_count == 1):
        raise ValueError(f"{body} at attempt {message.dequeue_count}")
    if body.startswith("slow"):
        running["now"] += 1
        running["most"] = max(running.values())
        await asyncio.sleep(float(body.split()[1]))
        running["now"] -= 1


@app.queue_trigger(arg_name="message", queue_name="%WORK_QUEUE%-poison", connection="Storage")
def poisoned(message: func.QueueMessage) -> None:
    time.sleep(0.01)
    seen.append({"body": message.get_body().decode(), "poisoned": True})
    if message.get_body() == b"bad":
        raise ValueError("still bad")
