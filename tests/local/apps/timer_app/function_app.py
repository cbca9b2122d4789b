import azure.functions as func

app = func.FunctionApp()
seen: list[bool] = []


@app.timer_trigger(arg_name="timer", schedule="%WHEN%", run_on_startup=True)
async def tick(timer: func.TimerRequest) -> None:
    seen.append(timer.past_due)
